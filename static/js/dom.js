// Finds elements of the page. A script that does not find what its template promises fails here, with the reason.

/**
 * Return the first element below `root` that matches `selector`. Throw if there is none, or one of another type.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const element = root.querySelector(selector);
  if (element instanceof type) return element;
  throw new Error(`The page has no ${type.name} that matches ${selector}.`);
}

/**
 * Return the elements below `root` that match `selector` and are of this type.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T[]}
 */
export function findAll(root, selector, type) {
  return [...root.querySelectorAll(selector)].filter(/** @returns {one is T} */ (one) => one instanceof type);
}

/**
 * Return the element with this id. Throw if there is none, or one of another type.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export const byId = (id, type) => find(document, `#${CSS.escape(id)}`, type);

/**
 * Return a copy of the first element in the template with this id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function cloneTemplate(id) {
  const element = byId(id, HTMLTemplateElement).content.firstElementChild;
  return /** @type {HTMLElement} */ (element?.cloneNode(true));
}

/**
 * Parse HTML into a body that belongs to no page: nothing in it is loaded or run.
 * @param {string} html
 * @returns {HTMLElement}
 */
export const parseHtml = (html) => new DOMParser().parseFromString(html, "text/html").body;
