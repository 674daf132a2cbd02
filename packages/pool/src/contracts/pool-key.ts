/** What an entry is called: the name given to it, else its position among all entries of the pool. */
export type PoolKey = string | number;
