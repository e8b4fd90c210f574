/**
 * One click answers one question. What comes up under a pointer or a pressed key (another step, a dialog, a list of errors) takes
 * no press for a moment: many people double-click everything, and hold keys long.
 *
 * page.mjs watches, on every page. Whatever puts something up calls hold(): <html> has the attribute data-held for so long, and
 * the style sheet lets no pointer through (site.css, where a page that is just loaded has the same wait). A click that a screen
 * reader makes passes always: it has no pointer, and its `detail` is 0.
 */

/** Milliseconds: the slowest double-click that is common has half a second between its clicks. */
const WAIT = 600;
/** Milliseconds: what the system itself counts as a double-click may be set as slow as 900. */
const COUNTED = 1000;
/** Pixels between the two clicks of a double-click; targets are at least 44 high. */
const NEAR = 20;

/** @param {number} [wait] milliseconds; something was put up: no press before that reaches it */
export function hold(wait = WAIT) {
  document.dispatchEvent(new CustomEvent("hold", { detail: wait }));
}

/** Watch every press in this window. */
export function watch() {
  /** Presses before this moment answer nothing. Events carry their own time: a late one is known to be early. */
  let from = 0;
  /** When the pointer was pressed for the click that comes; NaN where a click had no press. */
  let pressed = NaN;
  /** The last click that was let through. @type {{at: number, click: MouseEvent} | null} */
  let last = null;
  /** Whether the space bar went down when it was to press nothing: its release presses nothing either. */
  let space = false;
  /** Whether what was put up is not painted yet. */
  let unseen = false;

  /** @param {number} wait */
  const holdFor = (wait) => {
    from = Math.max(from, performance.now() + wait);
    document.documentElement.dataset["held"] = "";
    setTimeout(release, wait);
  };
  const release = () => {
    if (unseen) return; // its frame sets a timer of its own
    const left = from - performance.now();
    if (left <= 0) delete document.documentElement.dataset["held"];
    else setTimeout(release, left);
  };

  /** @param {MouseEvent} click */
  const second = (click) => {
    if (!last || Number.isNaN(pressed) || far(click, "client", last.click)) return false;
    const since = pressed - last.at;
    return click.detail > 1 ? since < COUNTED : since < WAIT && !far(click, "page", last.click);
  };

  document.addEventListener("hold", (event) => {
    const wait = /** @type {CustomEvent<number>} */ (event).detail;
    unseen = true;
    holdFor(wait);
    requestAnimationFrame(() => {
      unseen = false;
      holdFor(wait); // a page that takes long to lay out is seen only now
    });
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) holdFor(WAIT);
  });
  addEventListener("pointerdown", (event) => {
    pressed = event.timeStamp;
  }, true);
  addEventListener("mousedown", (event) => {
    if (event.timeStamp < from) event.preventDefault(); // the focus stays on the new heading
  }, true);
  addEventListener("click", (event) => {
    if (event.detail === 0) return;
    if (event.timeStamp < from || pressed < from || second(event)) swallow(event);
    else {
      if (!Number.isNaN(pressed)) last = { at: event.timeStamp, click: event };
      if (event.target instanceof Element && event.target.closest('a[href^="#"]')) hold(); // the page jumps
    }
    pressed = NaN; // a label clicks its control next: that has no press of its own
  }, true);
  addEventListener("keydown", (event) => {
    if (!["Enter", " "].includes(event.key) || types(event)) return;
    if (event.timeStamp < from || (event.repeat && (event.key === "Enter" || space))) {
      space = event.key === " ";
      swallow(event);
    } else {
      space = false;
    }
  }, true);
  addEventListener("keyup", (event) => {
    if (event.key === " " && space) swallow(event);
    if (event.key === " ") space = false;
  }, true);
}

/**
 * @param {MouseEvent} one
 * @param {"client" | "page"} where
 * @param {MouseEvent} other
 */
function far(one, where, other) {
  const [x, y] = where === "client" ? [one.clientX - other.clientX, one.clientY - other.clientY] : [one.pageX - other.pageX, one.pageY - other.pageY];
  return Math.hypot(x, y) > NEAR;
}

/**
 * Whether a key writes something where it is pressed. Enter in a field of one line sends its form.
 *
 * @param {KeyboardEvent} event
 */
function types(event) {
  const target = event.target instanceof Element ? event.target : null;
  return !!target?.matches(event.key === "Enter" ? "textarea" : "textarea, input:not([type=radio], [type=checkbox], [type=file])");
}

/** @param {Event} event */
function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
