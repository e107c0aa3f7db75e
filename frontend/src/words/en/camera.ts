import type { camera as fr } from "../fr/camera";

export const camera: typeof fr = {
  camera: "Picture of the camera",
  open: "Open the camera",
  noCamera: "There is no camera, or it is not allowed here. Take a photo of the code, or paste its text.",
  photo: "Read a photo of the code",
  notFound: "No readable code in this picture.",
};
