// The timeline of rooms and people, placing mode by mouse and by keyboard, and the seconds in which an act is undone.
import { startBoard } from "./timeline/board.js";
import { startSeconds } from "./timeline/seconds.js";

const root = document.querySelector("[data-timeline]");
if (root) startBoard(root);
startSeconds();
