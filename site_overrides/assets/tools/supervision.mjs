/** The supervision worksheet: nothing but a worksheet. */

import { startWorksheet } from "./worksheet.mjs";

startWorksheet();
