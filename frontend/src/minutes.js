// The page on which a hearing is recorded.
import { startDesk } from "./minutes/desk.js";

const desk = document.querySelector("[data-desk]");
if (desk) startDesk(desk);
