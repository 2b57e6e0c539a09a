import { measureDelivery } from '../metrics/delivery/service-delivery.ts';
import type { DeliveryInput } from '../metrics/delivery/service-delivery.ts';
import { openZone } from '../time/zone.ts';

export type DeliveryQuestion = Omit<DeliveryInput, 'zone'> & { readonly zone: string };

/** `calc delivery`: the five delivery metrics of one service (metrics.md 5.2). */
export function calcDelivery({ zone, ...question }: DeliveryQuestion) {
  return measureDelivery({ ...question, zone: openZone(zone) });
}
