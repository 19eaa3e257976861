import { outbox } from "./outbox";

outbox();
