import { addDays, dayNumber, dayOfNumber, parseDay, startOfWeek } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { roomFor } from './text-width.ts';
import { canvas } from './theme.ts';

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  readonly name?: string;
}

/** Where the plot lies on the canvas, and what its axes say. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Of the whole canvas. */
  readonly height: number;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  /** Pixels of a value. */
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export interface FramePlace {
  /** Where the plot begins, below the head and the labels over it. */
  readonly top: number;
  /** Room for the labels beside the plot. */
  readonly labelsRight: number;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
}

const plotHeight = 215;
const leastLeft = 36;
const roomBelow = { plain: 32, named: 48 };

export function frameOf({ top, labelsRight, xAxis, yAxis }: FramePlace): Frame {
  const left = Math.max(leastLeft, roomFor(yAxis.ticks.map(({ text }) => text)));
  const right = canvas.width - labelsRight;
  const bottom = top + plotHeight;
  return {
    left,
    right,
    top,
    bottom,
    height: bottom + (xAxis.name === undefined ? roomBelow.plain : roomBelow.named),
    xAxis,
    yAxis,
    x: (value) => left + ((value - xAxis.min) / (xAxis.max - xAxis.min || 1)) * (right - left),
    y: (value) => bottom - ((value - yAxis.min) / (yAxis.max - yAxis.min || 1)) * (bottom - top),
  };
}

/** An axis of counts from 0 to a little above the largest, with at most five ticks in steps that people count in. */
export function countAxis(largest: number, write: (value: number) => string): Axis {
  const step = roundStep(Math.max(1, largest) / 4);
  const max = Math.max(1, largest) * 1.04;
  const steps = Math.floor(max / step);
  const ticks = Array.from({ length: steps + 1 }, (_, index) => ({ at: index * step, text: write(index * step) }));
  return { min: 0, max, ticks };
}

/** The next of 1, 2, 5, 10, 20, ... that is not below a number. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

/** An axis of days with few ticks: Mondays, or first days of months. */
export function dayAxis(from: Day, to: Day, write: (day: Day, isMonth: boolean) => string, most = 4): Axis {
  const [min, max] = [dayNumber(from), Math.max(dayNumber(to), dayNumber(from) + 1)];
  const found = ticksOf(min, max, most);
  return { min, max, ticks: found.days.map((day) => ({ at: dayNumber(day), text: write(day, found.isMonths) })) };
}

/** Ticks by days up to so many of them; then by months. */
const longestByDays = 70;

function ticksOf(min: number, max: number, most: number): { days: Day[]; isMonths: boolean } {
  const days: Day[] = [];
  if (max - min <= longestByDays) {
    const step = [1, 2, 7, 14, 28].find((length) => (max - min) / length <= most) ?? 28;
    const first = dayOfNumber(min);
    const monday = startOfWeek(first);
    const begin = step < 7 || monday === first ? first : addDays(monday, 7);
    for (let number = dayNumber(begin); number <= max; number += step) days.push(dayOfNumber(number));
    return { days, isMonths: false };
  }
  const [start, end] = [monthOf(min), monthOf(max)];
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((months) => (end - start) / months <= most) ?? 600;
  for (let month = Math.ceil(start / step) * step; month <= end; month += step) {
    const day = firstOf(month);
    if (dayNumber(day) >= min) days.push(day);
  }
  return { days, isMonths: true };
}

/** Months since the year 0. */
function monthOf(number: number): number {
  const [year, month] = dayOfNumber(number).split('-');
  return Number(year) * 12 + Number(month) - 1;
}

function firstOf(month: number): Day {
  const [year, rest] = [Math.floor(month / 12), (month % 12) + 1];
  return parseDay(`${String(year).padStart(4, '0')}-${String(rest).padStart(2, '0')}-01`)!;
}
