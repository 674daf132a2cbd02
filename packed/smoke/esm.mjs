import * as core from '@proc/core';
import * as events from '@proc/events';
import * as pipe from '@proc/pipe';
import * as pool from '@proc/pool';
import * as progress from '@proc/pool/progress';
import * as process from '@proc/process';
import * as testing from '@proc/testing';
import * as cassettes from '@proc/testing/cassettes';
import * as conformance from '@proc/testing/conformance';
import smoke from './smoke.cjs';

await smoke({ core, events, pipe, pool, progress, process, testing, cassettes, conformance });
