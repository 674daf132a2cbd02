// Prime numbers below a limit, and the gaps between them: `node src/primes.js [limit]`.
import { Process } from '@proc/process';
import { WorkersServiceProvider } from '@proc/workers';

await Process.application.register(WorkersServiceProvider);
const limit = Number(process.argv[2] ?? 100_000);

// Items may be made while they are needed; here there is never a list of all numbers.
function* numbersBelow(end) {
  for (let number = 2; number < end; number += 1) yield number;
}

const isPrime = (number) => {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
  }
  return true;
};

const primes = await Process.filter(numbersBelow(limit), isPrime);
console.log(`${primes.length} primes below ${limit}, the last is ${primes.at(-1)}`);

// Each chunk is added up in a worker, then the sums of the chunks are: adding may be done in any order.
console.log(`their sum is ${await Process.reduce(primes, (sum, prime) => sum + prime, 0)}`);

// Variables from outside are handed over by name.
const pairs = primes.slice(1).map((prime, index) => [primes[index], prime]);
const unit = 2;
const gaps = await Process.map(pairs, ([one, next]) => (next - one) / unit, { with: { unit } });
const widest = await Process.reduce(gaps, (one, other) => Math.max(one, other), 0);
console.log(`the widest gap is ${widest * unit}, after ${primes[gaps.indexOf(widest)]}`);

await Process.shutdown();
