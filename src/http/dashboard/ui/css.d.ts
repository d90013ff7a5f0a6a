/** Stylesheets that scripts of the dashboard bring along. */
declare module "*.css";
