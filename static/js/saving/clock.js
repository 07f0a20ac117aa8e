// The browser's clock and timers as one object, so that the tests of what saves texts can set the time.

export class Clock {
  /** Return milliseconds of the clock that nobody can set back. Only differences have a meaning. */
  now() {
    return performance.now();
  }

  /** Return the time of day, as milliseconds since 1970. */
  date() {
    return Date.now();
  }

  /**
   * Call `callback` after `delay` milliseconds. Return what `cancel` takes.
   * @param {() => void} callback
   * @param {number} delay
   * @returns {unknown}
   */
  after(callback, delay) {
    return setTimeout(callback, delay);
  }

  /**
   * Call off a call of `after`; nothing happens if it was made already.
   * @param {any} timer
   */
  cancel(timer) {
    clearTimeout(timer);
  }

  /**
   * Return a promise that is fulfilled after `delay` milliseconds.
   * @param {number} delay
   * @returns {Promise<void>}
   */
  pause(delay) {
    return new Promise((resolve) => {
      this.after(resolve, delay);
    });
  }

  /**
   * Return a signal that aborts a request after `delay` milliseconds.
   * @param {number} delay
   * @returns {AbortSignal}
   */
  timeout(delay) {
    return /** @type {any} */ (AbortSignal).timeout(delay); // older checkers do not know it
  }
}
