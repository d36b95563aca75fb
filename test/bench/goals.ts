/** What a bench found, and what it should have found. */
interface Goal {
  what: string;
  is: number;
  isMet: boolean;
  goal: string;
}

const goals: Goal[] = [];

/** Notes a goal that is met by no more than so much; what comes back is how it is printed. */
export function atMost(what: string, is: number, most: number): string {
  return note({ what, is, isMet: is <= most, goal: `<= ${most}` });
}

/** Notes a goal that is met by no less than so much; what comes back is how it is printed. */
export function atLeast(what: string, is: number, least: number): string {
  return note({ what, is, isMet: is >= least, goal: `>= ${least}` });
}

function note(goal: Goal): string {
  goals.push(goal);
  return goal.isMet ? goal.goal : `${goal.goal} MISSED`;
}

/** What missed its goal since this was last asked, one line each. */
export function takeMissed(): string[] {
  return goals
    .splice(0)
    .filter((one) => !one.isMet)
    .map(({ what, is, goal }) => `${what}: ${is}, goal ${goal}`);
}
