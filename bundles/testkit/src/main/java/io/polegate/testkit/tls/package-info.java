/** Authorities and certificates, made by OpenSSL while a test runs. */
@NullMarked
package io.polegate.testkit.tls;

import org.jspecify.annotations.NullMarked;
