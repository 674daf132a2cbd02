import { describe, expect, it } from '@jest/globals';
import type { RetentionPolicy } from '../../../src/contracts/output-spec.js';
import { RetainedOutput } from '../../../src/capture/retained-output.js';
import { SecretTable } from '../../../src/redaction/secret-table.js';
import { createRetention, type Retention } from '../../../src/capture/retention.js';

const TEXT = 'abcdefghij';

function kept(policy: RetentionPolicy, limit: number): string {
  switch (policy) {
    case 'spill':
      return TEXT;
    case 'discard':
      return '';
    case 'tail':
      return limit === 0 ? '' : TEXT.slice(-limit);
    case 'headTail':
      return limit >= TEXT.length
        ? TEXT
        : TEXT.slice(0, Math.ceil(limit / 2)) +
            TEXT.slice(TEXT.length - (limit - Math.ceil(limit / 2)));
    case 'head':
    case 'fail':
      return TEXT.slice(0, limit);
  }
}

function filled(policy: RetentionPolicy, limit: number, chunks: readonly string[]): Retention {
  const retention = createRetention({ policy, limit, file: null });
  for (const chunk of chunks) retention.append(Buffer.from(chunk));
  return retention;
}

describe.each<RetentionPolicy>(['spill', 'head', 'tail', 'headTail', 'fail', 'discard'])(
  'retention "%s"',
  (policy) => {
    it('keeps exactly its bytes at every limit, however they come', () => {
      for (let limit = 0; limit <= TEXT.length + 1; limit++) {
        for (let cut = 0; cut <= TEXT.length; cut++) {
          const retention = filled(policy, limit, [TEXT.slice(0, cut), TEXT.slice(cut)]);
          expect(retention.read(0, retention.total).toString()).toBe(kept(policy, limit));
        }
        const single = filled(policy, limit, Array.from(TEXT));
        expect(single.read(0, single.total).toString()).toBe(kept(policy, limit));
      }
    });

    it('counts every byte and says whether some are missing', () => {
      for (let limit = 0; limit <= TEXT.length + 1; limit++) {
        const retention = filled(policy, limit, [TEXT.slice(0, 3), TEXT.slice(3)]);
        expect(retention.total).toBe(TEXT.length);
        expect(retention.truncated).toBe(kept(policy, limit) !== TEXT);
      }
    });

    it('is empty and whole before the first byte', () => {
      const retention = filled(policy, 4, []);
      expect([retention.total, retention.truncated]).toEqual([0, false]);
      expect(retention.read(0, 10)).toHaveLength(0);
    });

    it('reads from any position what it has there', () => {
      const limit = 4;
      const has = (index: number): boolean => {
        if (policy === 'spill') return true;
        if (policy === 'discard') return false;
        if (policy === 'tail') return index >= TEXT.length - limit;
        if (policy === 'headTail') return index < 2 || index >= TEXT.length - 2;
        return index < limit;
      };
      const retention = filled(policy, limit, Array.from(TEXT));
      for (let from = 0; from <= TEXT.length; from++) {
        for (let to = from; to <= TEXT.length; to++) {
          const wanted = Array.from(TEXT).filter((_, at) => at >= from && at < to && has(at));
          expect(retention.read(from, to).toString()).toBe(wanted.join(''));
        }
      }
    });
  },
);

describe('RetainedOutput', () => {
  const retention = filled('spill', 4, ['aé', 'b']);

  it('shows what there was when it was made', () => {
    const growing = filled('spill', 100, ['one']);
    const output = new RetainedOutput(growing, 'utf8');
    growing.append(Buffer.from('two'));
    expect(output.text()).toBe('one');
    expect(output.bytes().toString()).toBe('one');
    expect(new RetainedOutput(growing, 'utf8').text()).toBe('onetwo');
  });

  it('decodes with its encoding', () => {
    expect(new RetainedOutput(retention, 'utf8').text()).toBe('aéb');
    expect(new RetainedOutput(retention, 'hex').text()).toBe('61c3a962');
    expect(new RetainedOutput(retention, 'latin1').tail(2, new SecretTable())).toBe('\u00a9b');
  });

  it('streams the same bytes, more than one step of them too', async () => {
    const large = createRetention({ policy: 'spill', limit: 1000, file: null });
    const bytes = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, index) => index % 251));
    large.append(bytes);
    const chunks: Buffer[] = [];
    for await (const chunk of new RetainedOutput(large, 'utf8').stream()) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(1);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });
});
