export { EmitteryDispatcher, type EmitteryDispatcherOptions } from './emittery-dispatcher.js';
export { EventServiceProvider } from './event-service-provider.js';
export type { EventType } from './subscription.js';
export { LISTENER_FAILED, type ListenerErrorHandler } from './listener-error-handler.js';
