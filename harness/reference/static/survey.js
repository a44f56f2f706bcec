// Tells the page around a survey what the product's survey pages tell: loaded, and answered.
if (window.parent !== window) window.parent.postMessage(document.querySelector("main").dataset.news, "*");
