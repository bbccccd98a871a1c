/** Name of the workshop's Compose project, and of its folder under the learner's home. What it builds is no work of the learner's. */
export const WORKSHOP = 'atelier';
export const PROJECT_LABEL = 'com.docker.compose.project';
