// Files go up one by one as they are chosen, with progress; large photos are made smaller first.
// Without this script the same inputs travel with the form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-upload-to]");
  if (!form || !window.FormData || !window.XMLHttpRequest) return;
  const LONGEST = 2560, QUALITY = 0.85, SMALL = 700 * 1024;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const patience = "Файлы загрузятся, и продолжим";
  let busy = 0, failed = false, wanted = null;

  const make = (tag, text, cls) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (cls) node.className = cls;
    return node;
  };

  // Resolves with a smaller JPEG, or with the file itself where that is not possible or not needed.
  const shrunk = async (file) => {
    if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size < SMALL || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
    } catch (_error) {
      return file;
    }
  };

  // The first file begins the draft, and so does the first word typed (step.js): they take turns.
  const send = (data, progress) => {
    if (form.dataset.draft) return post(data, progress);
    const sent = Promise.resolve(form.turn).then(() => post(data, progress));
    form.turn = sent;
    return sent.then((answer) => {
      if (answer.id) form.dataset.draft = "1";
      return answer;
    });
  };

  const post = (data, progress) => new Promise((done) => {
    const request = new XMLHttpRequest();
    data.append("csrfmiddlewaretoken", token);
    request.open("POST", form.dataset.uploadTo);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total));
    const lost = "Файл не загрузился: связь прервалась. Выберите его ещё раз";
    request.addEventListener("load", () => done(request.response || { error: lost }));
    request.addEventListener("error", () => done({ error: lost }));
    request.send(data);
  });

  const removable = (item, answer) => {
    const button = make("button", "Убрать", "plain");
    button.name = "remove";
    button.value = answer.id;
    button.append(make("span", " файл " + answer.name, "vh"));
    item.append(" ", button);
  };

  const put = async (box, input, list, chosen) => {
    const item = list.appendChild(make("li", chosen.name + " "));
    const bar = item.appendChild(make("progress"));
    bar.max = 1;
    bar.setAttribute("aria-label", "Загрузка: " + chosen.name);
    const file = await shrunk(chosen);
    let answer;
    if (file.size > Number(input.dataset.max)) {
      answer = { error: "Файл слишком большой. Уменьшите его или сфотографируйте заново" };
    } else {
      const data = new FormData();
      data.append("place", box.dataset.upload);
      data.append("file", file, file.name);
      // Where radios say what paper it is, they decide what may come.
      const chosen = form.dataset.chosen && form.querySelector(`[name="${form.dataset.chosen}"]:checked`);
      if (chosen) data.append("chosen", chosen.value);
      answer = await send(data, (part) => { bar.value = part; });
    }
    item.textContent = "";
    if (answer.error) {
      failed = true;
      item.append(make("span", chosen.name + ": " + answer.error, "err"));
    } else {
      item.append(answer.name + " ", make("span", answer.size, "soft nowrap"));
      removable(item, answer);
    }
  };

  // Where the files of a box are told; made early where it can be, for a screen reader to know the place.
  const lists = new WeakMap();
  const listOf = (box) => {
    if (!lists.has(box)) {
      const told = make("div"), list = told.appendChild(make("ul", "", "files"));
      told.setAttribute("role", "status");
      box.before(told);
      lists.set(box, list);
    }
    return lists.get(box);
  };
  form.querySelectorAll("[data-upload]").forEach(listOf);
  // A question or a row may come to the page later, so the form itself listens.
  form.addEventListener("change", async ({ target: input }) => {
    const box = input.type === "file" && input.closest("[data-upload]");
    if (!box) return;
    const chosen = Array.from(input.files), list = listOf(box);
    const now = box.parentElement.querySelector("input[type=radio][value=now]");
    if (now && chosen.length) now.checked = true;
    failed = busy > 0 && failed;
    busy += 1;
    input.disabled = true;
    for (const file of chosen) await put(box, input, list, file);
    input.value = "";
    input.disabled = false;
    busy -= 1;
    form.dispatchEvent(new Event("change")); // a file is an answer: questions may appear by it
    if (busy || !wanted) return;
    const button = wanted, wrong = form.querySelector(".files .err");
    wanted = null;
    form.querySelectorAll(".files + .wait").forEach((line) => line.remove());
    if (!failed) button.click();
    else if (wrong) wrong.scrollIntoView({ block: "center" });
  });

  // What is pressed while files go up is done when all of them are there.
  form.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    wanted = event.submitter || form.querySelector("button");
    const bar = form.querySelector(".files progress"), list = bar && bar.closest(".files");
    if (!list) return;
    if (!list.nextElementSibling) list.after(make("p", patience, "wait"));
    bar.scrollIntoView({ block: "center" });
  });
})();
