package io.polegate.testkit.modbus;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One simulated Modbus device: four tables in which only the addresses that were set exist. It
 * answers the functions 1 to 6, 15 and 16. Thread-safe.
 */
public final class ModbusUnit {
  private static final int REMEMBERED_WRITES = 1000;

  private final Map<Table, Map<Integer, Integer>> tables = new EnumMap<>(Table.class);
  private final FaultPlan plan = new FaultPlan();
  private final Deque<Write> writes = new ArrayDeque<>();
  private Consumer<Write> writeListener = write -> {};
  private Runnable requestListener = () -> {};
  private Set<Integer> functions = Set.of(1, 2, 3, 4, 5, 6, 15, 16);
  private int maxRegisters = 125;
  private int requests;

  /**
   * Something that a master wrote.
   *
   * @param function 5, 6, 15 or 16
   * @param words one per address from {@code address} on; coils are 0 or 1
   */
  public record Write(int function, Table table, int address, List<Integer> words) {
    /** Copies the list. */
    public Write {
      words = List.copyOf(words);
    }
  }

  /** A device without any address. */
  public ModbusUnit() {
    for (Table table : Table.values()) {
      tables.put(table, new HashMap<>());
    }
  }

  /** Makes addresses exist: one word each from {@code address} on, 0 or 1 for bits. */
  public synchronized ModbusUnit set(Table table, int address, int... words) {
    for (int i = 0; i < words.length; i++) {
      cells(table).put(address + i, words[i] & 0xFFFF);
    }
    return this;
  }

  /** Sets two registers to an unsigned number, high word first. */
  public ModbusUnit setUint32(Table table, int address, long value) {
    return set(table, address, (int) (value >>> 16), (int) value);
  }

  /** Sets two registers to an IEEE 754 number, high word first. */
  public ModbusUnit setFloat32(Table table, int address, float value) {
    return setUint32(table, address, Float.floatToIntBits(value));
  }

  /** Sets registers to the bytes, two each, and the last byte to zero if they are odd. */
  public synchronized ModbusUnit setBytes(Table table, int address, byte[] bytes) {
    for (int i = 0; i < bytes.length; i += 2) {
      int low = i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0;
      set(table, address + i / 2, (bytes[i] & 0xFF) << 8 | low);
    }
    return this;
  }

  /**
   * The word at an address.
   *
   * @throws IllegalArgumentException if it does not exist
   */
  public synchronized int get(Table table, int address) {
    Integer word = cells(table).get(address);
    if (word == null) {
      throw new IllegalArgumentException("no " + table + " " + address);
    }
    return word;
  }

  /** Two registers as an unsigned number, high word first. */
  public synchronized long getUint32(Table table, int address) {
    return (long) get(table, address) << 16 | get(table, address + 1);
  }

  /** Two registers as an IEEE 754 number, high word first. */
  public float getFloat32(Table table, int address) {
    return Float.intBitsToFloat((int) getUint32(table, address));
  }

  /** Refuses requests for more registers with exception 3, as weak devices do. */
  public synchronized ModbusUnit limitRegisters(int max) {
    maxRegisters = max;
    return this;
  }

  /** Knows these functions only and refuses others with exception 1. */
  public synchronized ModbusUnit limitFunctions(Integer... known) {
    functions = Set.of(known);
    return this;
  }

  /** Misbehaves until told otherwise. */
  public void fail(Fault how) {
    fail(how, Integer.MAX_VALUE);
  }

  /** Misbehaves for the next {@code times} answers. */
  public void fail(Fault how, int times) {
    plan.play(0, times, () -> how);
  }

  /** Asks at each answer what to do wrong, for instance {@link MixedFaults}. */
  public void failBy(Supplier<Fault> how) {
    plan.play(0, Integer.MAX_VALUE, how);
  }

  /** Gives {@code good} right answers and misbehaves from then on. */
  public void failAfter(int good, Fault how) {
    plan.play(good, Integer.MAX_VALUE, () -> how);
  }

  /** Behaves well from now on. */
  public void heal() {
    fail(Fault.NONE);
  }

  /** Called after each write, on the simulator's thread. */
  public synchronized void onWrite(Consumer<Write> listener) {
    writeListener = listener;
  }

  /** Called before each request is answered, on the simulator's thread, to change what it says. */
  public synchronized void onRequest(Runnable listener) {
    requestListener = listener;
  }

  /** Requests that reached this unit. */
  public synchronized int requests() {
    return requests;
  }

  /** The last writes, oldest first. */
  public synchronized List<Write> writes() {
    return List.copyOf(writes);
  }

  /** The fault to play in the next answer. */
  Fault nextFault() {
    return plan.next();
  }

  /** Answers a request, both without unit and checksum. */
  byte[] answer(byte[] pdu) {
    int function = pdu[0] & 0xFF;
    try {
      requested(function).run();
      return reply(function, ByteBuffer.wrap(pdu, 1, pdu.length - 1));
    } catch (Refusal e) {
      return refusal(function, e.code());
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      return refusal(function, 3);
    }
  }

  private synchronized Runnable requested(int function) throws Refusal {
    requests++;
    demand(functions.contains(function), 1);
    return requestListener;
  }

  private static byte[] refusal(int function, int code) {
    return new byte[] {(byte) (function | 0x80), (byte) code};
  }

  private byte[] reply(int function, ByteBuffer request) throws Refusal {
    int address = request.getShort() & 0xFFFF;
    int argument = request.getShort() & 0xFFFF;
    return switch (function) {
      case 1 -> bits(function, Table.COIL, address, argument);
      case 2 -> bits(function, Table.DISCRETE, address, argument);
      case 3 -> registers(function, Table.HOLDING, address, argument);
      case 4 -> registers(function, Table.INPUT, address, argument);
      case 5 -> write(function, Table.COIL, address, argument, List.of(coil(argument)));
      case 6 -> write(function, Table.HOLDING, address, argument, List.of(argument));
      case 15 -> write(function, Table.COIL, address, argument, coils(request, argument));
      case 16 -> write(function, Table.HOLDING, address, argument, words(request, argument));
      default -> throw new Refusal(1);
    };
  }

  private synchronized byte[] bits(int function, Table table, int address, int count)
      throws Refusal {
    demand(count >= 1 && count <= 2000, 3);
    byte[] answer = new byte[2 + (count + 7) / 8];
    answer[0] = (byte) function;
    answer[1] = (byte) (answer.length - 2);
    for (int i = 0; i < count; i++) {
      answer[2 + i / 8] |= (byte) (existing(table, address + i) << (i % 8));
    }
    return answer;
  }

  private synchronized byte[] registers(int function, Table table, int address, int count)
      throws Refusal {
    demand(count >= 1 && count <= maxRegisters, 3);
    ByteBuffer answer = ByteBuffer.allocate(2 + 2 * count);
    answer.put((byte) function).put((byte) (2 * count));
    for (int i = 0; i < count; i++) {
      answer.putShort((short) existing(table, address + i));
    }
    return answer.array();
  }

  private byte[] write(int function, Table table, int address, int argument, List<Integer> words)
      throws Refusal {
    Write write = new Write(function, table, address, words);
    Consumer<Write> listener;
    synchronized (this) {
      for (int i = 0; i < words.size(); i++) {
        int ignored = existing(table, address + i);
      }
      for (int i = 0; i < words.size(); i++) {
        cells(table).put(address + i, words.get(i));
      }
      if (writes.size() == REMEMBERED_WRITES) {
        writes.removeFirst();
      }
      writes.addLast(write);
      listener = writeListener;
    }
    listener.accept(write);
    return ByteBuffer.allocate(5)
        .put((byte) function)
        .putShort((short) address)
        .putShort((short) argument)
        .array();
  }

  private static int coil(int argument) throws Refusal {
    demand(argument == 0 || argument == 0xFF00, 3);
    return argument == 0 ? 0 : 1;
  }

  private static List<Integer> coils(ByteBuffer request, int count) throws Refusal {
    demand(count >= 1 && count <= 1968 && request.get() == (byte) ((count + 7) / 8), 3);
    Integer[] words = new Integer[count];
    int start = request.position();
    for (int i = 0; i < count; i++) {
      words[i] = request.get(start + i / 8) >> (i % 8) & 1;
    }
    return List.of(words);
  }

  private static List<Integer> words(ByteBuffer request, int count) throws Refusal {
    demand(count >= 1 && count <= 123 && request.get() == (byte) (2 * count), 3);
    Integer[] words = new Integer[count];
    for (int i = 0; i < count; i++) {
      words[i] = request.getShort() & 0xFFFF;
    }
    return List.of(words);
  }

  private int existing(Table table, int address) throws Refusal {
    Integer word = cells(table).get(address);
    if (word == null) {
      throw new Refusal(2);
    }
    return word;
  }

  private Map<Integer, Integer> cells(Table table) {
    return tables.getOrDefault(table, Map.of());
  }

  private static void demand(boolean condition, int exceptionCode) throws Refusal {
    if (!condition) {
      throw new Refusal(exceptionCode);
    }
  }
}
