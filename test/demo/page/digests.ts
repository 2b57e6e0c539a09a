import { parseMarkdown } from '../../../src/render/markdown.ts';
import type { Message } from '../../../src/render/message.ts';
import { toSlack } from '../../../src/render/slack.ts';

const english = `
# Apollo · week 48

▲ **At risk against the first promise, ● on track against the current date.** [1.4 “Payments”](https://jira.example.com/1.4) was promised for 30 Sep and is now set for 12 Dec (**moved 3 times, 53 working days**). 85 % sure by 9 Dec.

**Since Monday 17 Nov** · 11 items done (usual week: 9) · 4 added to 1.4, 1 removed · [APO-214](https://jira.example.com/APO-214) reopened for the second time

**To decide**

- *Keep [APO-198](https://jira.example.com/APO-198) in 1.4?* It is blocked by [HER-77](https://jira.example.com/HER-77) (Hermes), due 5 Dec; without it 1.4 is 85 % sure by 2 Dec. — product owner, by Wed 26 Nov
- *Who takes [APO-231](https://jira.example.com/APO-231)?* In progress without an owner.

**Next** · Sprint 31 ends Fri 28 Nov: 17 of 24 points likely (P85: 14) · 1.4 feature freeze Mon 1 Dec

:::note
Data of 24 Nov 08:12, 812 items, complete. Past P85 dates held 27 of 31 times. Why? \`/pmo explain apollo\`
:::

:::thread
**All dates**

| Milestone | Promised | Now set | Slip | 85 % sure |
| --- | --- | --- | ---: | --- |
| 1.4 “Payments” | 30 Sep | 12 Dec | 53 | 9 Dec |
| 1.5 “Refunds” | 15 Jan | 15 Jan | 0 | 22 Jan |
| 2.0 “New ledger for all regions” | 1 Mar | 1 Apr | 22 | too little history |

> Quoted from [APO-198](https://jira.example.com/APO-198): waiting for \`HER-77\`.

1. first
2. second
   - below it
:::
`;

const french = `
# Apollo · semaine 48

▲ **À risque par rapport à l’engagement initial, ● dans les temps par rapport à la date en vigueur.** Le jalon [1.4 « Paiements »](https://jira.example.com/1.4), promis pour le 30 septembre, est fixé au 12 décembre (**déplacé 3 fois, 53 jours ouvrés**). Terminé au plus tard le 9 décembre avec 85 % de certitude.

**Depuis lundi 17 novembre** · 11 tickets terminés (semaine habituelle : 9) · 4 ajoutés au 1.4, 1 retiré

**À décider**

- *Garder [APO-198](https://jira.example.com/APO-198) dans le 1.4 ?* Il est bloqué par [HER-77](https://jira.example.com/HER-77) (Hermes), prévu le 5 décembre. — responsable produit, avant mercredi 26 novembre

:::note
Données du 24 novembre à 8 h 12, 812 tickets, complètes.
:::
`;

/** A digest as the real renderer makes it. */
export function digest(locale: 'en' | 'fr'): Message {
  return toSlack(parseMarkdown(locale === 'en' ? english : french, locale));
}

/** What is to be seen before the buttons work: a milestone alert. */
export const alert = {
  text: 'Apollo 1.4 moved from 28 Nov to 12 Dec',
  blocks: [
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '■ *Apollo 1.4 moved from 28 Nov to 12 Dec*\nThird move. See <https://jira.example.com/1.4|the milestone> &amp; `APO-198`, <@U0SAM>.',
      },
    },
    {
      type: 'section',
      fields: [
        { type: 'mrkdwn', text: '*First promise*\n30 Sep' },
        { type: 'mrkdwn', text: '*Current date*\n12 Dec' },
      ],
    },
    { type: 'divider' },
    {
      type: 'actions',
      block_id: 'alert',
      elements: [
        {
          type: 'button',
          action_id: 'acknowledge',
          style: 'primary',
          text: { type: 'plain_text', text: 'Acknowledge' },
        },
        { type: 'button', action_id: 'rebaseline', text: { type: 'plain_text', text: 'Re-baseline…' } },
        { type: 'button', action_id: 'dispute', style: 'danger', text: { type: 'plain_text', text: 'Dispute…' } },
        {
          type: 'button',
          action_id: 'why',
          url: 'https://jira.example.com/1.4',
          text: { type: 'plain_text', text: 'Why?' },
        },
      ],
    },
  ],
};
