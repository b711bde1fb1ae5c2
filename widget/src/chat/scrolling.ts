/** Listeners with their options, as Lit's bindings take them. */
type Listener<Kind extends Event> = AddEventListenerOptions & { handleEvent(event: Kind): void };

/**
 * Keeps what scrolls over the chat from scrolling the page behind it.
 *
 * `overscroll-behavior` does so for what can be scrolled itself; over the rest the page would move.
 */
export function keepScrollInside(): {
  wheel: Listener<WheelEvent>;
  touchstart: Listener<TouchEvent>;
  touchmove: Listener<TouchEvent>;
} {
  let last = 0;
  return {
    wheel: { handleEvent: (event) => stop(event, event.deltaY), passive: false },
    touchstart: { handleEvent: (event) => void (last = firstTouch(event)), passive: true },
    touchmove: {
      handleEvent: (event) => {
        if (event.touches.length > 1) return; // zooms
        stop(event, last - firstTouch(event));
        last = firstTouch(event);
      },
      passive: false,
    },
  };
}

function firstTouch(event: TouchEvent): number {
  return event.touches[0]?.clientY ?? 0;
}

/** Stops a movement that nothing of the chat can make. */
function stop(event: Event, down: number): void {
  const canMove = event.composedPath().some((target) => {
    if (!(target instanceof HTMLElement) || !(event.currentTarget as Node).contains(target)) return false;
    const { scrollTop, scrollHeight, clientHeight } = target;
    if (!/auto|scroll/.test(getComputedStyle(target).overflowY)) return false;
    return down < 0 ? scrollTop > 0 : scrollTop + clientHeight < scrollHeight - 1;
  });
  if (!canMove && down && event.cancelable && !(event as WheelEvent).ctrlKey) event.preventDefault();
}
