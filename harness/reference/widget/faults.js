// Deviations of the loader, for tests of those who judge it: the page of an organisation says which
// are on there.
const { faults = [], reached = "" } = window.HandoffLoader ?? {};

/** Whether a fault is on; asked where the deviating code is about to run, which counts as reached. */
export const deviates = (name) => {
  if (!faults.includes(name)) return false;
  navigator.sendBeacon(reached + name);
  return true;
};
