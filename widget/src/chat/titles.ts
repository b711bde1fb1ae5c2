const ROLE = / \(([^()]+)\)$/;

/**
 * Titles of quick replies as they are shown: where all that name a role name the same one, it goes
 * without saying. What is pressed is asked under its full title.
 */
export function shortTitles(titles: readonly string[]): string[] {
  const roles = new Set(titles.flatMap((title) => ROLE.exec(title)?.[1] ?? []));
  const short = titles.map((title) => title.replace(ROLE, ""));
  const isClear = roles.size === 1 && new Set(short).size === titles.length;
  return isClear ? short : [...titles];
}
