const hourMs = 3_600_000;

/** 01:00 UTC on the last Sunday of a month: when the clocks of the European Union change. */
function changeOfClocks(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
}

/** Offset of Europe/Paris, the zone of the simulated site, by the rule in force since 1996. */
function offsetHours(at: number): 1 | 2 {
  const year = new Date(at).getUTCFullYear();
  return at >= changeOfClocks(year, 2) && at < changeOfClocks(year, 9) ? 2 : 1;
}

/** `2026-11-24T09:30:00.000+0100`, as Jira writes times: in the site's zone, the offset without a colon. */
export function siteTime(at: number): string {
  const hours = offsetHours(at);
  return `${new Date(at + hours * hourMs).toISOString().slice(0, -1)}+0${hours}00`;
}

/** A local date and time of the site (`2026-11-24 09:30`) as an instant. */
export function fromSiteTime(local: string): number {
  const [day, time = '00:00'] = local.split(' ');
  const utc = Date.parse(`${day}T${time}:00Z`);
  return utc - offsetHours(utc - hourMs) * hourMs;
}
