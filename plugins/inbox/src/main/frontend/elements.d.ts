export interface BelfryAction {
  id: string;
  title: string;
  url: string;
}

export interface BelfryNotification {
  id: string;
  /** RFC 3339 */
  created: string;
  isSystem: boolean;
  readByUser: boolean;
  origin: string;
  title: string;
  message: string | null;
  topic: string | null;
  actions: BelfryAction[] | null;
  muted?: true;
  format?: 'markdown';
}

export interface BelfryElementEventMap {
  'belfry-open': CustomEvent<{notification: BelfryNotification}>;
  'belfry-action': CustomEvent<{notification: BelfryNotification; action: BelfryAction}>;
  'belfry-read': CustomEvent<{ids: string[]; read: boolean} | {all: true; scope: 'user' | 'system'; read: true}>;
  'belfry-error': CustomEvent<{status: number; message: string}>;
}

interface BelfryElement extends HTMLElement {
  /** Address of Belfry; null: the origin of the script. */
  src: string | null;
  theme: 'light' | 'dark' | null;
  /** Returns a token for the user; null: the session of the browser. */
  token: (() => Promise<string>) | null;
  addEventListener<K extends keyof BelfryElementEventMap>(
      type: K, listener: (event: BelfryElementEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

export interface BelfryBell extends BelfryElement {
  /** Whether the inbox is open. */
  expanded: boolean;
}

export interface BelfryInbox extends BelfryElement {}

declare global {
  interface HTMLElementTagNameMap {
    'belfry-bell': BelfryBell;
    'belfry-inbox': BelfryInbox;
  }
}
