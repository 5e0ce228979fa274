/**
 * How many objects are under way so that so many requests are: a quarter more. While one object is worked on here, or waits for the disk,
 * the request of another has its place at the server.
 */
export function underWay(requests: number): number {
  return requests + Math.floor(requests / 4);
}
