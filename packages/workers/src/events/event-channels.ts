import { type Channel, channel } from 'node:diagnostics_channel';
import type { EventClass } from '@proc/core';
import {
  TaskCompleted,
  TaskFailed,
  TaskRetrying,
  TaskStarted,
  TaskSubmitted,
} from './task-events.js';
import {
  WorkerExited,
  WorkerOutput,
  WorkerOverMemory,
  WorkerReady,
  WorkerRecycled,
  WorkerResponsive,
  WorkerUnresponsive,
} from './worker-events.js';

/** By name, since that of a class is lost where code is made small. */
const EVENTS: Readonly<Record<string, EventClass>> = {
  ...{ TaskCompleted, TaskFailed, TaskRetrying, TaskStarted, TaskSubmitted },
  ...{ WorkerExited, WorkerOutput, WorkerOverMemory, WorkerReady, WorkerRecycled },
  ...{ WorkerResponsive, WorkerUnresponsive },
};

const channels = new Map<EventClass, Channel>(
  Object.entries(EVENTS).map(([name, type]) => [type, channel(`proc:workers:${name}`)]),
);

/** Where events of a class are published, for whoever watches the program from outside: `proc:workers:TaskFailed`. */
export function channelOf(type: EventClass): Channel | undefined {
  return channels.get(type);
}
