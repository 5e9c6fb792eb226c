/* A Modbus TCP server on a free port, which it prints. Serves one client after the other. Each
 * holding register holds its own address. Ends by itself after half an hour. */
#include <arpa/inet.h>
#include <errno.h>
#include <modbus.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REGISTERS = 1000, LIFE_SECONDS = 1800 };

int main(void) {
  alarm(LIFE_SECONDS);
  modbus_t *context = modbus_new_tcp("127.0.0.1", 0);
  modbus_mapping_t *mapping = modbus_mapping_new(0, 0, REGISTERS, 0);
  int listener = modbus_tcp_listen(context, 1);
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  if (mapping == NULL || listener < 0 ||
      getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
    fprintf(stderr, "cannot listen: %s\n", modbus_strerror(errno));
    return 1;
  }
  for (int i = 0; i < REGISTERS; i++) {
    mapping->tab_registers[i] = (uint16_t)i;
  }
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  while (modbus_tcp_accept(context, &listener) >= 0) {
    uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
    int got;
    while ((got = modbus_receive(context, request)) >= 0) {
      if (got > 0 && modbus_reply(context, request, got, mapping) < 0) {
        break;
      }
    }
    modbus_close(context);
  }
  return 1;
}
