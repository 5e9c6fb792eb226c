// Keeps one event stream open for ever. The browser reconnects by itself when the line breaks; this
// module does it when the browser gives up (an error answer) or the line is open but silent.

const SILENT_AFTER = 40_000; // the gateway says something at least every 15 s
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

export function listen({ onSnapshot, onChange, onAlive, onLost }) {
  let source;
  let watchdog;
  let pause = FIRST_PAUSE;

  const alive = () => {
    pause = FIRST_PAUSE;
    clearTimeout(watchdog);
    watchdog = setTimeout(reopen, SILENT_AFTER);
    onAlive();
  };

  const on = (name, action) =>
    source.addEventListener(name, (event) => {
      action(JSON.parse(event.data));
      alive();
    });

  function reopen() {
    source.close();
    onLost();
    open();
  }

  function open() {
    source = new EventSource('api/v1/stream');
    on('snapshot', onSnapshot);
    on('change', onChange);
    on('heartbeat', () => {});
    source.onerror = () => {
      onLost();
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(open, pause * (0.75 + Math.random() / 2));
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    };
  }

  open();
}
