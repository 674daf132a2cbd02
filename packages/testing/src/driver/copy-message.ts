import { InvalidArgumentError, type IpcSerialization } from '@proc/core';
import { deserialize, serialize } from 'node:v8';

/**
 * What is left of a message on the other side of a channel.
 *
 * @throws {@link InvalidArgumentError} when it can not be serialised
 */
export function copyMessage(message: unknown, serialization: IpcSerialization): unknown {
  try {
    if (serialization === 'advanced') return deserialize(serialize(message));
    return JSON.parse(JSON.stringify(message)) as unknown;
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new InvalidArgumentError(`The message can not be sent: ${reason}`, { cause });
  }
}
