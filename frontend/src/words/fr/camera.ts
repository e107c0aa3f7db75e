/** Reading a code: by the camera, or from a photo. */
export const camera = {
  camera: "Image de la caméra",
  open: "Ouvrir la caméra",
  noCamera: "Pas de caméra, ou elle n’est pas permise ici. Prenez le code en photo, ou collez son texte.",
  photo: "Lire une photo du code",
  notFound: "Aucun code lisible sur cette image.",
};
