const KEY = 'belfry.';

/** Settings of this browser. It may refuse to keep any. */
export const preferences = {
  get(name) {
    try {
      return localStorage.getItem(KEY + name);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(KEY + name, value);
    } catch {
      // They then last as long as the page.
    }
  },
};
