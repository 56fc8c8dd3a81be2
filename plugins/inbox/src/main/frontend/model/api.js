/** A response other than 2xx, or none at all (status 0). */
export class ApiFailure extends Error {
  constructor(status, message, retryAfter = 0) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Whether the host, or a proxy before it, gave no answer. A failure without a status is of the browser or of the application's token. */
export function unreachable({status}) {
  return !status || [502, 503, 504].includes(status);
}

/** Requests to one host: with the token of the application, or with the cookie of the session. */
export class Api {
  /** @param base the host's address; empty for the host that serves this page */
  constructor(base) {
    this.base = base;
    this.token = null;
    this.csrf = null;
    this._lastToken = null;
  }

  /** @param leaving whether the page may close: it then cannot wait for a token */
  async send(path, {leaving, ...request} = {}) {
    if (leaving && this._lastToken) {
      try {
        return await this._send(path, request, this._lastToken);
      } catch (failure) {
        if (failure.status !== 401) throw failure;
      }
    }
    return this._send(path, request, this.token && (this._lastToken = await this.token()));
  }

  async _send(path, {method = 'GET', query, body, headers: given, signal}, token) {
    const headers = {...given};
    if (token) headers.Authorization = 'Bearer ' + token;
    else if (this.csrf && method !== 'GET') headers['X-CSRF-Token'] = this.csrf;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    let response;
    try {
      response = await fetch(this.base + path + queryString(query), {
        method, headers, signal,
        // A mark outlives the page. Browsers allow no long bodies then.
        keepalive: method === 'PUT' && body === undefined,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: this.base && token ? 'omit' : this.base ? 'include' : 'same-origin',
        cache: 'no-store',
      });
    } catch (failure) {
      if (signal?.aborted) throw failure;
      throw new ApiFailure(0, failure.message);
    }
    if (response.ok || response.status === 304) return response;
    const text = await response.json().catch(() => null);
    throw new ApiFailure(response.status, text?.error?.message ?? response.statusText,
        Number(response.headers.get('Retry-After')) || 0);
  }

  async json(path, options) {
    return (await this.send(path, options)).json();
  }

  /** The JSON of a route that an older host does not have; then null. */
  async optional(path, options) {
    try {
      return await this.json(path, options);
    } catch (failure) {
      if ([404, 405, 501].includes(failure.status)) return null;
      throw failure;
    }
  }
}

function queryString(query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? '?' + new URLSearchParams(given) : '';
}
