/** Fields of a work item, by their reference names. */
export const field = {
  id: 'System.Id',
  project: 'System.TeamProject',
  area: 'System.AreaPath',
  type: 'System.WorkItemType',
  title: 'System.Title',
  state: 'System.State',
  reason: 'System.Reason',
  createdAt: 'System.CreatedDate',
  changedAt: 'System.ChangedDate',
  changedBy: 'System.ChangedBy',
  assignee: 'System.AssignedTo',
  iterationId: 'System.IterationId',
  iteration: 'System.IterationPath',
  parent: 'System.Parent',
  tags: 'System.Tags',
  isDeleted: 'System.IsDeleted',
  closedAt: 'Microsoft.VSTS.Common.ClosedDate',
  stateChangedAt: 'Microsoft.VSTS.Common.StateChangeDate',
  priority: 'Microsoft.VSTS.Common.Priority',
  startOn: 'Microsoft.VSTS.Scheduling.StartDate',
  targetOn: 'Microsoft.VSTS.Scheduling.TargetDate',
  dueOn: 'Microsoft.VSTS.Scheduling.DueDate',
  storyPoints: 'Microsoft.VSTS.Scheduling.StoryPoints',
  effort: 'Microsoft.VSTS.Scheduling.Effort',
  size: 'Microsoft.VSTS.Scheduling.Size',
  remaining: 'Microsoft.VSTS.Scheduling.RemainingWork',
  estimate: 'Microsoft.VSTS.Scheduling.OriginalEstimate',
  blocked: 'Microsoft.VSTS.CMMI.Blocked',
} as const;

/** Beside its number, the revision, what a revision of a work item is asked for; custom fields come on top. */
export const revisionFields: readonly string[] = Object.values(field);
