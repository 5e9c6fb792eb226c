/* Reads registers from a Modbus server as fast as it answers: where ("tcp PORT" or "rtu DEVICE
 * BAUD"), rounds, then for each request of a round its first register and its number of registers.
 * Prints the nanoseconds that all rounds took. Each register is expected to hold its own address. */
#include <errno.h>
#include <modbus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static long long nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int argc, char **argv) {
  int serial = argc > 1 && strcmp(argv[1], "rtu") == 0;
  int at = serial ? 4 : 3;
  if (argc < at + 3 || (argc - at) % 2 == 0) {
    fprintf(stderr, "usage: reader (tcp port | rtu device baud) rounds start count...\n");
    return 2;
  }
  modbus_t *context = serial ? modbus_new_rtu(argv[2], atoi(argv[3]), 'N', 8, 1)
                             : modbus_new_tcp("127.0.0.1", atoi(argv[2]));
  modbus_set_slave(context, 1);
  if (modbus_connect(context) != 0) {
    fprintf(stderr, "cannot connect: %s\n", modbus_strerror(errno));
    return 1;
  }
  long rounds = atol(argv[at]);
  uint16_t registers[MODBUS_MAX_READ_REGISTERS];
  long long begin = nanos();
  for (long round = 0; round < rounds; round++) {
    for (int i = at + 1; i < argc; i += 2) {
      int start = atoi(argv[i]);
      int count = atoi(argv[i + 1]);
      if (modbus_read_registers(context, start, count, registers) != count ||
          registers[0] != start || registers[count - 1] != start + count - 1) {
        fprintf(stderr, "cannot read %d registers at %d: %s\n", count, start,
                modbus_strerror(errno));
        return 1;
      }
    }
  }
  printf("%lld\n", nanos() - begin);
  modbus_close(context);
  modbus_free(context);
  return 0;
}
