package io.polegate.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts with the key of this pole: AES-256-GCM, a random nonce each time; the header with the
 * version of the format is authenticated as well. Immutable.
 */
final class SecretBox {
  private static final byte[] HEADER = "polegate-secrets 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final String KEY_HEADER = "polegate-key 1 ";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private final byte[] key;

  private SecretBox(byte[] key) {
    this.key = key;
  }

  /** With a new key. */
  static SecretBox generate() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return new SecretBox(key);
  }

  /** With the key that {@link #keyFile} wrote. */
  static SecretBox ofKeyFile(byte[] content) throws DamagedException {
    String text = new String(content, StandardCharsets.US_ASCII);
    int digits = KEY_HEADER.length() + 2 * KEY_BYTES;
    if (text.startsWith(KEY_HEADER) && text.length() > digits) {
      try {
        byte[] key = HexFormat.of().parseHex(text, KEY_HEADER.length(), digits);
        SecretBox box = new SecretBox(key);
        if (Arrays.equals(box.keyFile(), content)) {
          return box;
        }
      } catch (IllegalArgumentException e) {
        throw new DamagedException("is no key", e);
      }
    }
    throw new DamagedException("is no key");
  }

  /** The key with its checksum, one line. */
  byte[] keyFile() {
    String line =
        KEY_HEADER + HexFormat.of().formatHex(key) + " " + Digest.sha256(key).substring(0, 16);
    return (line + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  byte[] encrypt(byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
      byte[] content = Arrays.copyOf(HEADER, HEADER.length + NONCE_BYTES + sealed.length);
      System.arraycopy(nonce, 0, content, HEADER.length, NONCE_BYTES);
      System.arraycopy(sealed, 0, content, HEADER.length + NONCE_BYTES, sealed.length);
      return content;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /**
   * What {@link #encrypt} was given.
   *
   * @throws DamagedException if the content was changed, or encrypted with another key
   */
  byte[] decrypt(byte[] content) throws DamagedException {
    int start = HEADER.length + NONCE_BYTES;
    // shorter than the tag, the cipher fails in a way of its own
    if (content.length < start + TAG_BITS / Byte.SIZE
        || !Arrays.equals(content, 0, HEADER.length, HEADER, 0, HEADER.length)) {
      throw new DamagedException("is no file of secrets");
    }
    byte[] nonce = Arrays.copyOfRange(content, HEADER.length, start);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(content, start, content.length - start);
    } catch (GeneralSecurityException e) {
      throw new DamagedException("was changed, or is of another pole", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(HEADER);
    return cipher;
  }
}
