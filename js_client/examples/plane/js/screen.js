const { windowWidth, windowHeight } = wx.getWindowInfo ? wx.getWindowInfo() : wx.getSystemInfoSync();

canvas.width = windowWidth;
canvas.height = windowHeight;

export const WIDTH = windowWidth;
export const HEIGHT = windowHeight;
