/* A slave of libmodbus, unit 1, with one value of each type in the holding and input registers.
 * usage: libmodbus_slave rtu DEVICE | tcp PORT
 * Ends by itself after half an hour. */
#include <errno.h>
#include <modbus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BITS = 10, REGISTERS = 300, LIFE_SECONDS = 1800, BYTES = MODBUS_MAX_ADU_LENGTH };

static void swap_bytes(uint16_t *at, int count) {
  for (int i = 0; i < count; i++) {
    at[i] = (uint16_t)(at[i] << 8 | at[i] >> 8);
  }
}

/* Not modbus_set_float_abcd: what it means by that changed between versions. */
static void set_float(uint16_t *at, float value) {
  int32_t bits;
  memcpy(&bits, &value, sizeof bits);
  MODBUS_SET_INT32_TO_INT16(at, 0, bits);
}

static void fill(uint16_t *at) {
  at[0] = 500;
  at[1] = (uint16_t)-101;
  MODBUS_SET_INT32_TO_INT16(at, 2, -123456789);
  MODBUS_SET_INT32_TO_INT16(at, 4, 4000000000u);
  MODBUS_SET_INT64_TO_INT16(at, 6, -1234567890123456789);
  MODBUS_SET_INT64_TO_INT16(at, 10, 9000000000000000000);
  set_float(at + 14, 230.2f);
  double pi = 3.141592653589793;
  int64_t bits;
  memcpy(&bits, &pi, sizeof bits);
  MODBUS_SET_INT64_TO_INT16(at, 16, bits);
  const uint8_t text[6] = {0xE6, 0x9D, 0x86, ' ', '7', 0};
  for (int i = 0; i < 3; i++) {
    at[20 + i] = (uint16_t)(text[2 * i] << 8 | text[2 * i + 1]);
  }
  uint16_t half[2];
  set_float(half, -0.5f);
  at[24] = half[1];
  at[25] = half[0];
  MODBUS_SET_INT32_TO_INT16(at, 26, 19088743);
  swap_bytes(at + 26, 2);
  uint16_t high_first[4];
  MODBUS_SET_INT64_TO_INT16(high_first, 0, 81985529216486895);
  swap_bytes(high_first, 4);
  for (int i = 0; i < 4; i++) {
    at[28 + i] = high_first[3 - i];
  }
  for (int i = 100; i < REGISTERS; i++) {
    at[i] = (uint16_t)i;
  }
}

static void serve(modbus_t *context, modbus_mapping_t *mapping) {
  uint8_t request[BYTES];
  int got;
  while ((got = modbus_receive(context, request)) >= 0 || errno == EMBBADCRC) {
    if (got > 0) {
      modbus_reply(context, request, got, mapping);
    }
  }
}

int main(int count, char **words) {
  if (count != 3) {
    return 2;
  }
  alarm(LIFE_SECONDS);
  const char coils[] = "1001101011";
  const char inputs[] = "0110010100";
  modbus_mapping_t *mapping = modbus_mapping_new(BITS, BITS, REGISTERS, REGISTERS);
  for (int i = 0; i < BITS; i++) {
    mapping->tab_bits[i] = coils[i] == '1';
    mapping->tab_input_bits[i] = inputs[i] == '1';
  }
  fill(mapping->tab_registers);
  fill(mapping->tab_input_registers);
  if (strcmp(words[1], "rtu") == 0) {
    modbus_t *context = modbus_new_rtu(words[2], 9600, 'N', 8, 1);
    if (modbus_set_slave(context, 1) != 0 || modbus_connect(context) != 0) {
      fprintf(stderr, "%s: %s\n", words[2], modbus_strerror(errno));
      return 1;
    }
    serve(context, mapping);
    return 1;
  }
  modbus_t *context = modbus_new_tcp("127.0.0.1", atoi(words[2]));
  int listener = modbus_tcp_listen(context, 1);
  while (listener >= 0 && modbus_tcp_accept(context, &listener) >= 0) {
    serve(context, mapping);
    modbus_close(context);
  }
  fprintf(stderr, "%s: %s\n", words[2], modbus_strerror(errno));
  return 1;
}
