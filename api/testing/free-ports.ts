export { freePorts } from "../../sync/server/testing/free-ports.ts";
