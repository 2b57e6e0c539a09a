/** The name of a source in the config, such as `jira`. */
export type SourceId = string;
/** The name of a project in the config, such as `APOLLO`. */
export type ProjectId = string;
/** The tool's own id of a work item: it survives a change of key. */
export type ItemId = string;
/** What people call a work item, such as `APO-214`. */
export type ItemKey = string;
export type StatusId = string;
export type SprintId = string;
export type VersionId = string;
/** The tool's own id of a person (account id, user key); never shown. */
export type PersonId = string;
