const SIDE = 1280;
const ENOUGH = 110_000;

/** The picture at most 1,280 pixels wide and some 100 KB, as a JPEG; anything that is no picture stays as it is. */
export async function reduced(file: File): Promise<Blob> {
  if (!file.type.startsWith("image/") || !("createImageBitmap" in window)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    let made: Blob = file;
    for (const quality of [0.8, 0.6, 0.4]) {
      made = (await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality))) ?? file;
      if (made.size <= ENOUGH) break;
    }
    return made.size < file.size ? made : file;
  } catch {
    return file;
  }
}
