// Where something has moved: go to its new address, to the same place there.
"use strict";

{
  const link = document.querySelector("a");
  if (link) location.replace(link.href + location.hash);
}
