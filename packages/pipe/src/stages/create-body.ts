import { Duplex } from 'node:stream';
import type { TransformStream } from 'node:stream/web';
import { InvalidArgumentError } from '@proc/core';
import { readObject } from '@proc/core/internal';
import { duplexBody } from './duplex-body.js';
import { generatorBody, isGeneratorFunction } from './generator-body.js';
import { mapperBody, type MapFunction } from './mapper-body.js';
import type { StageBody } from './stage-body.js';
import type { ThroughOptions } from './stage-function.js';
import { webBody } from './web-body.js';

/**
 * The inside of a stage, from what was given to `through`.
 *
 * @throws {@link InvalidArgumentError} for what can not be a stage
 */
export function createBody(stage: unknown, options: ThroughOptions = {}): StageBody {
  const given = readObject(options, 'The options of a stage are given as', ['input']);
  const mode: string = given.input ?? 'lines';
  if (mode !== 'lines' && mode !== 'bytes') {
    throw new InvalidArgumentError(`The input of a stage is "lines" or "bytes", not "${mode}".`);
  }
  if (isGeneratorFunction(stage)) return generatorBody(stage, mode);
  if (typeof stage === 'function') {
    return stage.length === 0
      ? madeBody(stage as () => unknown)
      : mapperBody(stage as MapFunction, mode);
  }
  return streamBody(stage, onlyOnce(stage));
}

/** Whether an item of a list of stages runs in this process. */
export function isStageSource(item: unknown): boolean {
  return typeof item === 'function' || isDuplex(item) || isTransformStream(item);
}

/** The name under which a stage appears in messages and in the pipeline's line. */
export function nameOf(stage: unknown): string {
  if (typeof stage === 'function') return stage.name === '' ? 'function' : stage.name;
  const { constructor } = stage as { readonly constructor?: { readonly name: string } };
  return constructor?.name ?? 'stream';
}

/** A function without parameters: what it makes is known at each run only. */
function madeBody(make: () => unknown): StageBody {
  return (source, context) => {
    const made = make();
    requireMade(made);
    return streamBody(made, () => made)(source, context);
  };
}

function requireMade(made: unknown): void {
  if (isDuplex(made) || isTransformStream(made)) return;
  throw new InvalidArgumentError(
    'A function without parameters is called once, to make a Duplex or a TransformStream, but this one gave ' +
      `${made === null ? 'null' : typeof made}. To work on lines give it a parameter: (line) => …`,
  );
}

function streamBody(stage: unknown, make: () => unknown): StageBody {
  if (isDuplex(stage)) return duplexBody(make as () => Duplex);
  if (isTransformStream(stage)) return webBody(make as () => TransformStream);
  throw new InvalidArgumentError(
    'A stage of a pipeline is an async generator function, a function with a parameter, a Duplex, a ' +
      'TransformStream, or a function without parameters that makes one of these streams; not ' +
      `${stage === null ? 'null' : typeof stage}.`,
  );
}

function onlyOnce(stage: unknown): () => unknown {
  let used = false;
  return () => {
    if (used) {
      throw new InvalidArgumentError(
        'A stream can go through one run only. To run a pipeline again, give a function that makes the stream: ' +
          'pipe.through(() => createGzip()).',
      );
    }
    used = true;
    return stage;
  };
}

function isDuplex(stage: unknown): stage is Duplex {
  return stage instanceof Duplex || (has(stage, 'pipe') && has(stage, 'write'));
}

function isTransformStream(stage: unknown): stage is TransformStream {
  return has(stage, 'readable') && has(stage, 'writable') && has(stage.readable, 'getReader');
}

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && name in value;
}
