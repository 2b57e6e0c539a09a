import type { DeliveryHistory, Incident } from '../../model/delivery.ts';
import type { IncidentRule } from '../../model/project.ts';
import { projectOfKey } from '../../view/item-key.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';

/**
 * The items that the rule calls incidents, in order of key: opened when they were made, resolved when they were done. One
 * that was closed as no work at all (a duplicate, a false alarm: `excludedResolutions`) was none. An end that nobody
 * knows is not made up: it counts as open. Labels are those of the newest pull, as no past of them is kept.
 */
export function incidentsOfItems(items: readonly ItemView[], service: string, rule: IncidentRule): readonly Incident[] {
  const types = lowered(rule.types);
  const labels = lowered(rule.labels);
  return items
    .filter(
      ({ key, type, labels: own, isDone, isDelivered }) =>
        (types.size === 0 || types.has(type.name.toLowerCase())) &&
        (labels.size === 0 || own.some((label) => labels.has(label.toLowerCase()))) &&
        (rule.project === null || rule.project.toUpperCase() === projectOfKey(key)) &&
        (!isDone || isDelivered),
    )
    .map(({ key, createdAt, doneAt }) => ({ id: key, service, openedAt: createdAt, resolvedAt: doneAt, cause: null }));
}

/**
 * What is known of a service, the incidents among the items included; of one id, what a source of incidents tells counts.
 * With a rule, no incident means none. Where the project has several services, an incident is of those that its components
 * or labels name, and of the main one when they name none.
 */
export function withIncidentsOfItems(
  { settings, counted }: Pick<ProjectView, 'settings' | 'counted'>,
  delivery: DeliveryHistory,
): DeliveryHistory {
  const rule = settings.delivery?.incidents;
  if (!rule) return delivery;
  const told = new Set(delivery.incidents.map(({ id }) => id));
  const services = settings.delivery.services;
  const isOwn = (item: ItemView) => servicesNamedBy(item, services).includes(delivery.service);
  const own = incidentsOfItems(counted.filter(isOwn), delivery.service, rule).filter(({ id }) => !told.has(id));
  return { ...delivery, incidents: [...delivery.incidents, ...own], hasIncidents: true };
}

function servicesNamedBy({ components, labels }: ItemView, services: readonly string[]): readonly string[] {
  const names = lowered([...components, ...labels]);
  const named = services.filter((service) => names.has(service.toLowerCase()));
  return named.length > 0 ? named : services.slice(0, 1);
}

function lowered(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
