import './js/libs/adapter';
import Main from './js/main';

const main = new Main();

wx.onShow(() => main.resume());
wx.onHide(() => main.pause());
