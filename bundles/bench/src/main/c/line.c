/* A serial line between two pseudo-terminals, as slow as a real one: each byte takes ten bits at
 * the baud rate given. Prints the names of both ends. Ends by itself after half an hour. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { LIFE_SECONDS = 1800, BITS = 10, CHUNK = 256 };

/* The slave stays open here, which keeps it raw and lets users come and go. */
static int end_of_line(void) {
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
    perror("no pseudo-terminal");
    exit(1);
  }
  int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  struct termios raw;
  tcgetattr(slave, &raw);
  cfmakeraw(&raw);
  tcsetattr(slave, TCSANOW, &raw);
  printf("%s\n", ptsname(master));
  return master;
}

static void wait_until(long long nanos) {
  struct timespec when = {nanos / 1000000000LL, nanos % 1000000000LL};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: line baud\n");
    return 2;
  }
  alarm(LIFE_SECONDS);
  long long per_byte = BITS * 1000000000LL / atoi(argv[1]);
  struct pollfd ends[2] = {{end_of_line(), POLLIN, 0}, {end_of_line(), POLLIN, 0}};
  fflush(stdout);
  long long free_at[2] = {0, 0};
  while (poll(ends, 2, -1) > 0) {
    for (int i = 0; i < 2; i++) {
      char bytes[CHUNK];
      ssize_t count = (ends[i].revents & POLLIN) ? read(ends[i].fd, bytes, sizeof bytes) : 0;
      for (ssize_t b = 0; b < count; b++) {
        long long begin = now();
        free_at[i] = (free_at[i] > begin ? free_at[i] : begin) + per_byte;
        wait_until(free_at[i]);
        if (write(ends[1 - i].fd, bytes + b, 1) != 1) {
          perror("line");
          return 1;
        }
      }
    }
  }
  return 1;
}
