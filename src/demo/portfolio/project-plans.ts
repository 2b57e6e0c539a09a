import type { Story } from './portfolio.ts';
import type { Vocabulary } from './words.ts';

/** A release with a promise. Days are counted from the day of `now`: -55 is 55 days ago. */
export interface ReleasePlan {
  readonly version: string;
  readonly name: string;
  readonly start: number;
  readonly promise: number;
  /** When the date was moved, and to which day. */
  readonly moves: readonly { readonly on: number; readonly to: number }[];
  /** When it was released; null: it is still open. */
  readonly finish: number | null;
  /** How many of its items are open today; for the one under way. */
  readonly openNow?: number;
}

export interface ProjectPlan {
  readonly key: string;
  readonly name: string;
  readonly story: Story;
  readonly team: readonly string[];
  /** How fast the team is against the usual, from a day on. */
  readonly pace: readonly { readonly from: number; readonly factor: number }[];
  /** Weeks from the Monday of the shared sprint calendar to this team's. */
  readonly sprintShift: 0 | 1;
  /** Trouble on the way, 0 to 1: flags, scope changes in sprints, reopened items. */
  readonly trouble: number;
  readonly words: Vocabulary;
  readonly releases: readonly ReleasePlan[];
  /** What the team also keeps running. */
  readonly upkeep: string;
}

export const programmePlans = [
  { id: 'CUSTOMER', name: 'Customer journey', projects: ['APO', 'HER'] },
  { id: 'FOUNDATIONS', name: 'Foundations', projects: ['ATL', 'IRI'] },
] as const;

const apollo: ProjectPlan = {
  key: 'APO',
  name: 'Apollo',
  story: 'at-risk',
  team: ['Marta Lind', 'Yann Le Goff', 'Priya Raman', 'Tomas Novak', 'Ines Ferreira', 'Jonas Weber', 'Aïcha Benali'],
  pace: [{ from: -730, factor: 1 }],
  sprintShift: 0,
  trouble: 0.7,
  words: {
    subjects: [
      'refunds',
      'card payments',
      'SEPA mandates',
      'direct debits',
      'payout batches',
      'chargebacks',
      'payment links',
      'instalment plans',
      'currency conversions',
      'bank statements',
      'fraud alerts',
      'payment reminders',
      'settlement reports',
      'merchant fees',
      'gift card balances',
      'disputed transactions',
      'wallet top-ups',
      'recurring payments',
      'strong authentication requests',
      'virtual cards',
    ],
    components: ['Ledger', 'Card gateway', 'Bank link', 'Back office'],
    users: ['support agents', 'merchants', 'accountants', 'risk officers'],
  },
  releases: [
    { version: '1.0', name: 'Core ledger', start: -728, promise: -610, moves: [{ on: -627, to: -598 }], finish: -598 },
    {
      version: '1.1',
      name: 'Card payments',
      start: -597,
      promise: -487,
      moves: [
        { on: -500, to: -466 },
        { on: -475, to: -452 },
      ],
      finish: -455,
    },
    { version: '1.2', name: 'Refunds', start: -454, promise: -340, moves: [{ on: -352, to: -326 }], finish: -324 },
    {
      version: '1.3',
      name: 'SEPA',
      start: -323,
      promise: -190,
      moves: [
        { on: -204, to: -169 },
        { on: -176, to: -150 },
      ],
      finish: -149,
    },
    {
      version: '1.4',
      name: 'Payments',
      start: -148,
      promise: -55,
      moves: [
        { on: -62, to: -27 },
        { on: -33, to: 4 },
        { on: -7, to: 18 },
      ],
      finish: null,
      openNow: 15,
    },
    { version: '1.5', name: 'Instalments', start: -20, promise: 101, moves: [], finish: null },
  ],
  upkeep: 'Run and maintain payments',
};

const hermes: ProjectPlan = {
  key: 'HER',
  name: 'Hermes',
  story: 'late',
  team: ['Paul Okafor', 'Sofia Rossi', 'Lucas Martin', 'Hanna Virtanen', 'Diego Salas'],
  pace: [
    { from: -730, factor: 1 },
    { from: -150, factor: 0.8 },
  ],
  sprintShift: 1,
  trouble: 1,
  words: {
    subjects: [
      'customer accounts',
      'address changes',
      'delivery preferences',
      'loyalty points',
      'complaint forms',
      'invoices',
      'contract documents',
      'household members',
      'consent records',
      'callback requests',
      'order histories',
      'store appointments',
      'password resets',
      'newsletter choices',
      'proof of identity uploads',
      'chat transcripts',
      'service outages',
      'warranty claims',
    ],
    components: ['Portal', 'Accounts', 'Content', 'Search'],
    users: ['customers', 'call centre agents', 'shop assistants', 'editors'],
  },
  releases: [
    { version: '2.0', name: 'Sign-in', start: -727, promise: -600, moves: [{ on: -611, to: -577 }], finish: -571 },
    { version: '2.1', name: 'My account', start: -570, promise: -441, moves: [{ on: -455, to: -420 }], finish: -416 },
    {
      version: '2.2',
      name: 'Self service',
      start: -415,
      promise: -283,
      moves: [
        { on: -297, to: -255 },
        { on: -262, to: -233 },
      ],
      finish: -231,
    },
    {
      version: '2.3',
      name: 'Launch',
      start: -230,
      promise: -47,
      moves: [
        { on: -54, to: -19 },
        { on: -26, to: 11 },
      ],
      finish: null,
      openNow: 33,
    },
    { version: '2.4', name: 'Loyalty', start: -12, promise: 87, moves: [], finish: null },
  ],
  upkeep: 'Run and maintain the portal',
};

const atlas: ProjectPlan = {
  key: 'ATL',
  name: 'Atlas',
  story: 'recovering',
  team: ['Chen Wei', 'Olga Petrova', 'Samuel Adeyemi', 'Claire Dubois', 'Erik Johansson', 'Rania Haddad'],
  pace: [
    { from: -730, factor: 0.95 },
    { from: -190, factor: 0.6 },
    { from: -75, factor: 1.25 },
  ],
  sprintShift: 0,
  trouble: 0.5,
  words: {
    subjects: [
      'nightly loads',
      'customer master records',
      'product hierarchies',
      'event streams',
      'data quality checks',
      'sales aggregates',
      'stock snapshots',
      'retention rules',
      'access requests',
      'lineage reports',
      'pseudonymised extracts',
      'reference tables',
      'late arriving facts',
      'dashboards',
      'schema changes',
      'partner feeds',
      'currency tables',
      'backfills',
    ],
    components: ['Ingestion', 'Warehouse', 'Catalogue', 'Access'],
    users: ['analysts', 'data stewards', 'controllers', 'data scientists'],
  },
  releases: [
    { version: 'R1', name: 'Landing zone', start: -726, promise: -586, moves: [], finish: -584 },
    {
      version: 'R2',
      name: 'Customer master',
      start: -583,
      promise: -441,
      moves: [{ on: -452, to: -427 }],
      finish: -428,
    },
    {
      version: 'R3',
      name: 'Sales reporting',
      start: -427,
      promise: -287,
      moves: [{ on: -300, to: -273 }],
      finish: -272,
    },
    {
      version: 'R4',
      name: 'Self-service analytics',
      start: -271,
      promise: 3,
      moves: [
        { on: -90, to: 52 },
        { on: -13, to: 31 },
      ],
      finish: null,
      openNow: 13,
    },
    { version: 'R5', name: 'Real-time stock', start: -15, promise: 122, moves: [], finish: null },
  ],
  upkeep: 'Run and maintain the data platform',
};

const iris: ProjectPlan = {
  key: 'IRI',
  name: 'Iris',
  story: 'on-track',
  team: ['Nora Jensen', 'Mateo Cruz', 'Amélie Laurent', 'Kofi Mensah', 'Lena Fischer'],
  pace: [{ from: -730, factor: 1 }],
  sprintShift: 1,
  trouble: 0.15,
  words: {
    subjects: [
      'push notifications',
      'offline drafts',
      'scanned receipts',
      'saved cards',
      'trip summaries',
      'biometric sign-ins',
      'widgets',
      'map markers',
      'photo uploads',
      'in-app messages',
      'accessibility labels',
      'deep links',
      'app ratings',
      'crash reports',
      'background refreshes',
      'shared lists',
    ],
    components: ['iOS', 'Android', 'Sync', 'Design system'],
    users: ['travellers', 'drivers', 'first-time users', 'testers'],
  },
  releases: [
    { version: '5.0', name: 'Redesign', start: -725, promise: -600, moves: [], finish: -601 },
    { version: '5.1', name: 'Offline', start: -600, promise: -468, moves: [], finish: -467 },
    { version: '5.2', name: 'Receipts', start: -466, promise: -335, moves: [{ on: -360, to: -328 }], finish: -329 },
    { version: '5.3', name: 'Widgets', start: -328, promise: -202, moves: [], finish: -203 },
    { version: '5.4', name: 'Biometric sign-in', start: -202, promise: -76, moves: [], finish: -77 },
    { version: '5.5', name: 'Trip planner', start: -76, promise: 45, moves: [], finish: null, openNow: 11 },
  ],
  upkeep: 'Run and maintain the app',
};

export const projectPlans: readonly ProjectPlan[] = [apollo, hermes, atlas, iris];
