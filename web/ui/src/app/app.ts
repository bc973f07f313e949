// On every page. Nothing here is needed to read, write or send: each part makes
// what the server gave a little better, and stays away where it cannot.
import { counters } from "./counter";
import { dialogs } from "./dialog";
import { drafts } from "./draft";
import { header } from "./header";
import { leave } from "./leave";
import { live } from "./live";
import { offline } from "./offline";
import { refused } from "./unsent";

offline(document);
counters(document);
dialogs(document);
drafts(document);
header(document);
leave(document);
live(document);
refused(document);
