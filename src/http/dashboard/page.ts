/** The dashboard's page: an empty frame that its script fills. */
import { contentPolicy, OWN_FILES } from "../content-policy.ts";

/** Policy of the page: its own files and its own service, and nothing from outside. */
export const DASHBOARD_POLICY = contentPolicy("script-src 'self'", ...OWN_FILES);

/** The page; `version` marks its files, so that a new program's are not taken from a cache. */
export const dashboardPage = (version: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>vidrec dashboard</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/dashboard/app.css?${version}">
<script type="module" src="/dashboard/app.js?${version}"></script>
</head>
<body><div id="app"></div></body>
</html>
`;
