import { noChange } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

/**
 * Keeps what scrolls over the chat from scrolling the page behind it.
 *
 * `overscroll-behavior` does so for what can be scrolled itself; over the rest the page would move.
 */
class KeepScrollInside extends Directive {
  private element: Element | undefined;

  override render(): unknown {
    return noChange;
  }

  override update({ element }: ElementPart): unknown {
    if (this.element === element) return noChange;
    this.element = element;
    let last = 0;
    element.addEventListener("wheel", (event) => stop(event, (event as WheelEvent).deltaY), { passive: false });
    element.addEventListener("touchstart", (event) => (last = firstTouch(event)), { passive: true });
    element.addEventListener(
      "touchmove",
      (event) => {
        if ((event as TouchEvent).touches.length > 1) return; // zooms
        stop(event, last - firstTouch(event));
        last = firstTouch(event);
      },
      { passive: false },
    );
    return noChange;
  }
}

export const keepScrollInside = directive(KeepScrollInside)();

function firstTouch(event: Event): number {
  return (event as TouchEvent).touches[0]?.clientY ?? 0;
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
