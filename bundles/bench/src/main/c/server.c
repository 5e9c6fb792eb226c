/* A Modbus server whose holding registers hold their own addresses. Ends by itself after half an
 * hour.
 *   server tcp             on a free port, which it prints; serves one client after the other
 *   server rtu DEVICE BAUD unit 1 on a serial line; prints "ready" */
#include <arpa/inet.h>
#include <errno.h>
#include <modbus.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REGISTERS = 1000, LIFE_SECONDS = 1800 };

static int failed(const char *what) {
  fprintf(stderr, "cannot %s: %s\n", what, modbus_strerror(errno));
  return 1;
}

static void answer(modbus_t *context, modbus_mapping_t *mapping) {
  uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
  int got;
  while ((got = modbus_receive(context, request)) >= 0) {
    if (got > 0 && modbus_reply(context, request, got, mapping) < 0) {
      break;
    }
  }
}

static int serve_tcp(modbus_mapping_t *mapping) {
  modbus_t *context = modbus_new_tcp("127.0.0.1", 0);
  int listener = modbus_tcp_listen(context, 1);
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  if (listener < 0 || getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
    return failed("listen");
  }
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  while (modbus_tcp_accept(context, &listener) >= 0) {
    answer(context, mapping);
    modbus_close(context);
  }
  return 1;
}

static int serve_rtu(modbus_mapping_t *mapping, const char *device, int baud) {
  modbus_t *context = modbus_new_rtu(device, baud, 'N', 8, 1);
  modbus_set_slave(context, 1);
  if (modbus_connect(context) != 0) {
    return failed("open the line");
  }
  printf("ready\n");
  fflush(stdout);
  for (;;) {
    answer(context, mapping);
  }
}

int main(int argc, char **argv) {
  alarm(LIFE_SECONDS);
  modbus_mapping_t *mapping = modbus_mapping_new(0, 0, REGISTERS, 0);
  if (mapping == NULL) {
    return failed("get memory");
  }
  for (int i = 0; i < REGISTERS; i++) {
    mapping->tab_registers[i] = (uint16_t)i;
  }
  if (argc == 4 && strcmp(argv[1], "rtu") == 0) {
    return serve_rtu(mapping, argv[2], atoi(argv[3]));
  }
  return serve_tcp(mapping);
}
